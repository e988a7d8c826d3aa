interface Manifest {
  repository?: string;
  [key: string]: unknown;
}

const OURS = ['private', 'scripts', 'devEngines', 'devDependencies', 'optionalDependencies'];

/**
 * package.json as it is published: without what only this repository needs, with paths that start at dist/, and with
 * the links that follow from `repository`, an https address.
 */
export function publishedManifest({ repository, ...manifest }: Manifest) {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([key]) => !OURS.includes(key)));
  const fromDist = JSON.parse(JSON.stringify(kept).replaceAll('./dist/', './')) as typeof kept;
  if (repository === undefined) return { ...fromDist, repository: undefined };
  const url = repository.replace(/\.git$/, '');
  return {
    ...fromDist,
    homepage: `${url}#readme`,
    repository: { type: 'git', url: `git+${url}.git` },
    bugs: { url: `${url}/issues` },
  };
}
