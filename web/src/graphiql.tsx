import { createRoot } from 'react-dom/client';
import { Explorer } from './graphiql/Explorer';
import './graphiql/workers';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import '@graphiql/plugin-explorer/style.css';
// Without the fonts that `style.css` has within it: the system's do as well.
import 'graphiql/graphiql.css';
import './style/graphiql.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root');
createRoot(root).render(<Explorer />);
