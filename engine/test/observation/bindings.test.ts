import { Bindings, matchingName, type Span } from '@pollux/engine/observation';
import { modelOf } from '@pollux/language-server/language';
import { beforeAll, describe, expect, it } from 'vitest';
import { server, spansOf } from './span-builder.ts';

describe('a service is the component whose name fits', () => {
  it.each([
    ['orders', 'Orders'],
    ['ORDERS', 'Orders'],
    ['orders-service', 'Orders'],
    ['web-shop', 'WebShop'],
    ['web_shop', 'WebShop'],
    ['payment', 'PaymentService'],
    ['service', undefined],
    ['mail', undefined],
    ['stock', 'Stock'],
    ['stock-service', 'StockService'],
    ['stock.service', 'StockService'],
  ])('%s → %s', (service, component) => {
    expect(matchingName(service, ['Orders', 'WebShop', 'PaymentService', 'Stock', 'StockService'])).toBe(component);
  });

  it('two that fit are none', () => {
    expect(matchingName('web-shop', ['WebShop', 'Web_Shop'])).toBeUndefined();
  });
});

describe('bindings', () => {
  let bindings: Bindings;
  beforeAll(async () => {
    const { model, problems } = await modelOf(`
component Web { operation checkout() takes 1 ms  operation browse() takes 1 ms }
component Orders { operation create() takes 1 ms }
deployment D { node n { cores 1  deploy Web  deploy Orders } }
twin Live of D {
  Web = service "frontend"
  Web.checkout = span "POST" where attribute("http.route") == "/checkout"
  Web.checkout = span "checkout v2"
}`);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const twin = model?.twins[0];
    if (model === null || twin === undefined) throw new Error('the test model has no twin');
    bindings = new Bindings(model, twin);
  });
  const span = (service: string, name: string, attributes = {}): Span =>
    spansOf('t', { ...server(service, name), attributes })[0] as Span;

  it('name a service, which then is the only one', () => {
    expect(bindings.componentOf('frontend')).toBe('Web');
    expect(bindings.componentOf('web')).toBeUndefined();
    expect(bindings.componentOf('orders')).toBe('Orders');
  });

  it('name spans, under a condition where they say so', () => {
    expect(bindings.operationOf(span('frontend', 'POST', { 'http.route': '/checkout' }))).toBe('Web.checkout');
    expect(bindings.operationOf(span('frontend', 'POST', { 'http.route': '/login' }))).toBeUndefined();
    expect(bindings.operationOf(span('frontend', 'POST'))).toBeUndefined();
    expect(bindings.operationOf(span('frontend', 'checkout v2'))).toBe('Web.checkout');
  });

  it('replace the default, which is the name of the operation', () => {
    expect(bindings.operationOf(span('frontend', 'checkout'))).toBeUndefined();
    expect(bindings.operationOf(span('frontend', 'browse'))).toBe('Web.browse');
    expect(bindings.operationOf(span('orders', 'create'))).toBe('Orders.create');
    expect(bindings.operationOf(span('mail', 'create'))).toBeUndefined();
  });
});
