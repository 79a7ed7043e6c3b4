/** Values up a height: where a value stands, which round ones are written, and how. Round in the unit that is read. Pure. */
import { inOneUnit } from '@pollux/engine/numeric';
import { scaleLinear } from 'd3-scale';

interface ValueAxis {
  /** In the unit that results carry → pixels. */
  y(value: number): number;
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
}

const wanted = 3;

/** From 0 up; `whole`: a share of all there is, to 100 % and no further. */
export function valueAxis(
  greatest: number,
  unit: string,
  isShare: boolean,
  whole: boolean,
  bottom: number,
  top: number,
): ValueAxis {
  const { unit: name, factor } = inOneUnit([whole ? 1 : greatest], unit, isShare);
  const scale = scaleLinear([0, (whole ? 1 : greatest) / factor], [bottom, top]).clamp(whole);
  if (!whole) scale.nice(wanted);
  const parted = name === '' || name.startsWith('/') ? name : ` ${name}`;
  const ticks = scale.ticks(wanted).map((tick) => {
    const figure = tick.toLocaleString('en', { maximumSignificantDigits: 6 }).replaceAll(',', '\u202f');
    return { y: scale(tick), text: tick === 0 ? `0${name === '%' ? parted : ''}` : `${figure}${parted}` };
  });
  return { y: (value) => scale(value / factor), ticks };
}
