/**
 * Where each paid order is on its way to the customer. One clock decides between delivery and cancellation, so an order
 * is never both. Knows nothing of HTTP and telemetry.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderKey } from './order-event.ts';

interface ShipmentListener {
  shipping(order: OrderKey): void;
  delivered(order: OrderKey): void;
}

interface Shipment {
  readonly order: OrderKey;
  /** Settles when the parcel is with the courier, or never will be. */
  readonly handedOver: Promise<void>;
  shipping: boolean;
}

/** After the warehouse says "handed over": its clock and ours need not agree to the millisecond. */
const SAFETY_MS = 50;

export class Shipments {
  readonly #open = new Map<string, Shipment>();
  readonly #listener: ShipmentListener;

  constructor(listener: ShipmentListener) {
    this.#listener = listener;
  }

  /**
   * The warehouse will say in how many milliseconds the courier has the parcel, which then travels for `travel` more.
   * If the warehouse fails, the order stays where it is and can no longer be cancelled.
   */
  expect(order: OrderKey, warehouse: Promise<number>, travel: number): void {
    const shipment: Shipment = { order, shipping: false, handedOver: this.#handOver(order, warehouse) };
    this.#open.set(order.id, shipment);
    void shipment.handedOver.then(async () => {
      await sleep(travel - SAFETY_MS);
      if (this.#remove(shipment)) this.#listener.delivered(order);
    });
  }

  /** Stops the delivery; null where there is nothing to stop any more. A parcel not yet with the courier is waited for. */
  async stop(id: string): Promise<OrderKey | null> {
    const shipment = this.#open.get(id);
    if (!shipment) return null;
    await shipment.handedOver;
    return this.#remove(shipment) ? shipment.order : null;
  }

  isShipping(id: string): boolean {
    return this.#open.get(id)?.shipping ?? false;
  }

  async #handOver(order: OrderKey, warehouse: Promise<number>): Promise<void> {
    try {
      await sleep((await warehouse) + SAFETY_MS);
    } catch {
      this.#open.delete(order.id);
      return;
    }
    const shipment = this.#open.get(order.id);
    if (!shipment) return;
    shipment.shipping = true;
    this.#listener.shipping(order);
  }

  /** Whether it was still open: whoever removes it decides what became of it. */
  #remove(shipment: Shipment): boolean {
    return this.#open.get(shipment.order.id) === shipment && this.#open.delete(shipment.order.id);
  }
}
