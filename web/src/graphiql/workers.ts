import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker';

function getWorker(_id: string, language: string): Worker {
  if (language === 'graphql') return new GraphQLWorker();
  return language === 'json' ? new JsonWorker() : new EditorWorker();
}

// The editor checks documents and variables beside the page, by files of this origin.
Object.assign(globalThis, { MonacoEnvironment: { getWorker } });
