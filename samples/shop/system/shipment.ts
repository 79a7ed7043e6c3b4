/**
 * Where each paid order is on its way to the customer. One clock decides between delivery and cancellation, so an order
 * is never both. Knows nothing of HTTP and telemetry.
 */
import type { OrderKey } from './order-event.ts';

export interface ShipmentListener {
  shipping(order: OrderKey): void;
  delivered(order: OrderKey): void;
}

interface Shipment {
  readonly order: OrderKey;
  /** Settles when the parcel is with the courier. */
  readonly handedOver: Promise<void>;
  shipping: boolean;
  timer: NodeJS.Timeout;
}

/** After the warehouse said "handed over": its clock and ours need not agree to the millisecond. */
const SAFETY_MS = 50;

export class Shipments {
  readonly #open = new Map<string, Shipment>();
  readonly #listener: ShipmentListener;

  constructor(listener: ShipmentListener) {
    this.#listener = listener;
  }

  /** The parcel will be with the courier in `handover` and at the door after `travel` more milliseconds. */
  expect(order: OrderKey, handover: number, travel: number): void {
    let arrived: () => void = () => undefined;
    const handedOver = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const timer = setTimeout(() => {
      const shipment = this.#open.get(order.id);
      if (!shipment) return;
      shipment.shipping = true;
      shipment.timer = setTimeout(() => this.#deliver(order), travel - SAFETY_MS);
      this.#listener.shipping(order);
      arrived();
    }, handover + SAFETY_MS);
    this.#open.set(order.id, { order, handedOver, shipping: false, timer });
  }

  /** Stops the delivery; null where there is nothing to stop any more. A parcel not yet with the courier is waited for. */
  async stop(id: string): Promise<OrderKey | null> {
    const shipment = this.#open.get(id);
    if (!shipment) return null;
    if (!shipment.shipping) await shipment.handedOver;
    if (!this.#open.delete(id)) return null;
    clearTimeout(shipment.timer);
    return shipment.order;
  }

  isShipping(id: string): boolean {
    return this.#open.get(id)?.shipping ?? false;
  }

  #deliver(order: OrderKey): void {
    if (this.#open.delete(order.id)) this.#listener.delivered(order);
  }
}
