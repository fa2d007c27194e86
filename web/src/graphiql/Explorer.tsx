import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useMemo, useState } from 'react';
import { findKey, keepKey } from '../api/key';
import { EXAMPLES } from './ExamplesPanel';
import { fetcherFor } from './fetcher';
import { KeyField } from './KeyField';

const plugins = [EXAMPLES, explorerPlugin(), HISTORY_PLUGIN];

// On a phone there is no room for it beside the editor.
const shown = matchMedia('(min-width: 60rem)').matches ? EXAMPLES : undefined;

const WELCOME = `# Ask what you like: Ctrl-Space tells what there is, Ctrl-Enter asks it.
# "Examples" on the left has documents to begin with.
query Welcome {
  viewer {
    name
    role
    organization {
      name
    }
  }
}
`;

/** GraphiQL for this server: with its examples, and the key of this tab. */
export function Explorer() {
  const [key, setKey] = useState(findKey);
  const fetcher = useMemo(() => fetcherFor(key), [key]);
  const change = (next: string | null) => {
    keepKey(next);
    setKey(next);
  };
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      {...(shown && { visiblePlugin: shown })}
      defaultQuery={WELCOME}
      defaultEditorToolsVisibility="variables"
      isHeadersEditorEnabled={false}
      showPersistHeadersSettings={false}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <KeyField current={key} onChange={change} />
        <a href="/">Invoice Board</a>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
