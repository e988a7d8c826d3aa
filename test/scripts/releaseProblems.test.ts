import { releaseProblems } from '../../scripts/releaseProblems.ts';

describe('releaseProblems', () => {
  const release = {
    version: '1.2.0',
    repository: 'https://host/a/b',
    changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-01-02\n\n- A change.\n',
    readme: '<script src="https://cdn/npm/tfjs-topk-grad@1.2.0"></script>',
    changes: '',
  };

  it('finds none in a release that is ready', () => {
    expect(releaseProblems(release)).toEqual([]);
  });

  it.each([
    ['no repository', { repository: undefined }, 'package.json: set "repository" to the https'],
    ['an address that is not https', { repository: 'git@host:a/b' }, 'package.json: set'],
    [
      'another version',
      { version: '1.20', readme: 'tfjs-topk-grad@1.20' },
      'CHANGELOG.md: add a section "## [1.20] - YYYY-MM-DD"',
    ],
    [
      'the tags of another version',
      { readme: '<script src="https://cdn/npm/tfjs-topk-grad@1.2.0-rc.1"></script>' },
      'README.md: name version 1.2.0 in the <script> tags',
    ],
    ['no tags', { readme: '' }, 'README.md: name version 1.2.0'],
    ['a changed file', { changes: ' M README.md' }, 'git: commit or remove\n M README.md'],
    [
      'an unreleased change',
      { changelog: release.changelog.replace('[Unreleased]', '[Unreleased]\n\n- Another.') },
      'CHANGELOG.md: move what is under [Unreleased] to [1.2.0]',
    ],
  ])('says what to do about %s', (_, change, message) => {
    const problems = releaseProblems({ ...release, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
