import { copyFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { licenses } from './licenses';

// `make run` serves there; `npm run dev` passes on to it what is no page.
const SERVER = 'http://127.0.0.1:8000';

const { pages, workers } = licenses();

// The server reads it: it knows what the board may send.
const trustedDocuments: Plugin = {
  name: 'trusted-documents',
  writeBundle({ dir }) {
    copyFileSync('src/gql/persisted-documents.json', `${dir}/trusted-documents.json`);
  },
};

export default defineConfig({
  plugins: [react(), trustedDocuments, pages],
  worker: { plugins: () => [workers] },
  build: {
    target: 'es2023',
    rolldownOptions: {
      input: ['index.html', 'graphiql.html'],
      // GraphiQL is compiled already, and its editor is as big as it is.
      checks: { moduleLevelDirective: false },
    },
    chunkSizeWarningLimit: 3000,
    // Nothing inline: the pages' Content-Security-Policy loads files of this origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/graphql': { target: SERVER, ws: true },
      '/documents': SERVER,
      '/exports': SERVER,
    },
  },
});
