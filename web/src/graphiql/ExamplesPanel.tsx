import { type GraphiQLPlugin, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type Example, examples } from './examples';
import { filled } from './places';

function ExamplesPanel() {
  const { addTab } = useGraphiQLActions();
  const { fetcher, queryEditor, variableEditor } = useGraphiQL(
    pick('fetcher', 'queryEditor', 'variableEditor'),
  );
  const open = async (example: Example) => {
    const variables = await filled(example.variables, fetcher);
    addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue(variables);
    queryEditor?.focus();
  };
  return (
    <section aria-label="Examples">
      <h2 className="graphiql-doc-explorer-title">Examples</h2>
      <ul className="examples">
        {examples.map((example) => (
          <li key={example.name}>
            {/* The editor is loaded after the page. */}
            <button type="button" disabled={!queryEditor} onClick={() => void open(example)}>
              {example.name}
            </button>{' '}
            <small>{example.kind}</small>
            <p>{example.about}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M5 4h14v17l-7-4-7 4z" />
    </svg>
  );
}

/** The documents of `examples/`, each opened in a tab of its own. */
export const EXAMPLES: GraphiQLPlugin = {
  title: 'Examples',
  icon: ExamplesIcon,
  content: ExamplesPanel,
};
