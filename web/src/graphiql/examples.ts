/** A document of `examples/`, as it was when the page was built. */
export type Example = {
  name: string;
  kind: string;
  about: string;
  query: string;
  variables: string;
};

// Vite reads these options without running them: they have to stand here twice.
const queries = import.meta.glob<string>('../../../examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob<string>('../../../examples/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const examples: Example[] = Object.entries(queries).map(([path, query]) => {
  const [, kind = '', name = ''] = /^(query|mutation|subscription) (\w+)/m.exec(query) ?? [];
  const text = variables[path.replace(/graphql$/, 'json')] ?? '';
  return { name, kind, about: firstComment(query), query, variables: text };
});

function firstComment(query: string): string {
  const [comment = ''] = /^(#.*\n)*/.exec(query) ?? [];
  return comment.replace(/^# ?/gm, '').replaceAll('\n', ' ').trim();
}
