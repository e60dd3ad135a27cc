/**
 * The README as the package brings it, where there are no other files of the project. If the manifest names the repository,
 * the packager makes its links lead there; else pictures are left out, and links to files are their texts only.
 */
export function packagedReadme(readme: string, hasRepository: boolean): string {
  // The packager knows no `srcset`.
  const pictured = readme.replace(/^ *<source\b[^>]*>\n/gm, '');
  if (hasRepository) return pictured;
  return pictured
    .replace(/(<br>)?<img\b("[^"]*"|[^">])*>/g, '')
    .replace(/<picture>\s*<\/picture>\n*/g, '')
    .replace(/(?<!!)\[([^\]]*)\]\((?!#|https?:)[^)]*\)/g, '$1');
}
