/** Shows that a failure in the host is not lost on its way out. */
import assert from 'node:assert/strict';

suite('deliberate failure', () => {
  test('fails', () => assert.equal('what is', 'what should be'));
});
