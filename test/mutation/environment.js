const process = require('node:process');
const { TestEnvironment } = require('jest-environment-node');

/** Once a test has noticed the change of the sources, skips the others: Jest itself stops only between files. */
module.exports = class extends TestEnvironment {
  static noticed;

  handleTestEvent(event) {
    const change = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (change === undefined) return;
    if (event.name === 'test_fn_failure') this.constructor.noticed = change;
    if (event.name === 'test_start' && this.constructor.noticed === change)
      event.test.mode = 'skip';
  }
};
