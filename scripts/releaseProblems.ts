interface Release {
  version: string;
  /** The address in package.json, from which all links are made. */
  repository?: string;
  changelog: string;
  readme: string;
  /** What `git status --porcelain` prints. */
  changes: string;
}

/** What stands in the way of a release; empty if nothing does. */
export function releaseProblems(release: Release): string[] {
  const { version, repository, changelog, readme, changes } = release;
  const problems = [];
  if (!repository?.startsWith('https://')) {
    problems.push('package.json: set "repository" to the https address of the repository');
  }
  const heading = new RegExp(
    `^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`,
    'm',
  );
  if (!heading.test(changelog)) {
    problems.push(`CHANGELOG.md: add a section "## [${version}] - YYYY-MM-DD"`);
  }
  const [, unreleased = ''] = /^## \[Unreleased\]$([^]*?)(?=^## |(?![^]))/m.exec(changelog) ?? [];
  if (unreleased.trim() !== '') {
    problems.push(`CHANGELOG.md: move what is under [Unreleased] to [${version}]`);
  }
  const tags = Array.from(readme.matchAll(/tfjs-topk-grad@([\w.-]+)/g), ([, tagged]) => tagged);
  if (tags.length === 0 || tags.some((tagged) => tagged !== version)) {
    problems.push(`README.md: name version ${version} in the <script> tags`);
  }
  if (changes !== '') problems.push(`git: commit or remove\n${changes}`);
  return problems;
}
