import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import { compareAlong, type Restriction } from './compareAlong.ts';
import type { GradSettings } from './gradSettings.ts';
import { mergeReports } from './mergeReports.ts';
import { probeReport, type ProbeReport } from './probeReport.ts';
import { probes } from './probes.ts';
import { subgradientReport, type KinksOfOutput } from './subgradientReport.ts';

/** Entries of an input are checked one by one up to this number of them. */
const MAX_ENTRIES = 8192;
/** The number of combinations of entries that are checked instead, beyond that. */
const BLOCKS = 256;
const SEED = 72_019;
/** After so many failures that remain, the next ones are not examined. */
const MAX_EXAMINED = 8;
/** After so many kinks, rounding is taken to be as expected at the next ones. */
const MAX_VERIFIED = 64;

/** Compares the gradients of all outputs in one input with central differences. */
export function compareInput(
  input: CheckedInput,
  outputs: CheckedOutput[],
  f: Restriction,
  settings: GradSettings,
): ProbeReport {
  let [failures, kinkCount] = [0, 0];
  const kinks: KinksOfOutput[] = outputs.map((output) => ({ output, entries: [] }));
  const reports = probes(input.x.size, MAX_ENTRIES, BLOCKS, SEED).map((probe) => {
    const compare = compareAlong(input, probe, f, settings);
    const effort = { isExamined: failures < MAX_EXAMINED, isVerified: kinkCount < MAX_VERIFIED };
    const comparisons = outputs.map((output) => compare(output, effort));
    const report = probeReport(comparisons, outputs, input, probe);
    failures += report.failures;
    kinkCount += report.kinks;
    comparisons.forEach(({ kink }, o) => {
      if (kink !== null && 'index' in probe) kinks[o].entries.push(probe.index);
    });
    return report;
  });
  return {
    ...mergeReports([...reports, subgradientReport(kinks, input, f)]),
    isVisible: reports.some(({ isVisible }) => isVisible),
    isZero: reports.every(({ isZero }) => isZero),
    isConstant: reports.every(({ isConstant }) => isConstant),
  };
}
