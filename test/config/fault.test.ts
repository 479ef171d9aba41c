// Faults on purpose: a test that orders one must get it, at the call it named, and a daemon without orders must have none.

import { describe, expect, test } from '@jest/globals';
import { type FaultPoint, faultOf } from '../../src/config/fault.ts';

/** Which of these calls fail. */
function failing(orders: string, calls: readonly FaultPoint[]): readonly boolean[] {
  const fault = faultOf(orders, () => {})!;
  return calls.map((point) => {
    try {
      fault(point);
      return false;
    } catch {
      return true;
    }
  });
}

describe('a fault that is ordered', () => {
  test('happens at the call it names, and once', () => {
    expect(failing('throw@kept:2', ['kept', 'sent', 'kept', 'kept'])).toEqual([false, false, true, false]);
  });

  test('with a plus happens at all later calls too', () => {
    expect(failing('throw@kept:2+', ['kept', 'kept', 'sent', 'kept'])).toEqual([false, true, false, true]);
  });

  test('at any step counts every call', () => {
    expect(failing('throw@*:3', ['kept', 'sent', 'dealt', 'kept'])).toEqual([false, false, true, false]);
  });

  test('beside another one happens as well', () => {
    expect(failing('throw@kept:1,throw@sent:1', ['kept', 'sent'])).toEqual([true, true]);
  });

  test('says so before it happens', () => {
    const told: string[] = [];
    const fault = faultOf('throw@dot:1', (line) => told.push(line))!;
    expect(() => fault('dot')).toThrow('a fault on purpose at dot');
    expect(told).toEqual(['fault: throw at dot, call 1']);
  });

  test.each(['throw@nowhere:1', 'burn@kept:1', 'throw@kept', 'kill'])(
    'and not understood, %s, is refused',
    (orders) => {
      expect(() => faultOf(orders, () => {})).toThrow('nobody understands');
    },
  );
});

test('where none is ordered there is nothing to call', () => {
  expect(faultOf(undefined, () => {})).toBeUndefined();
  expect(faultOf('', () => {})).toBeUndefined();
});
