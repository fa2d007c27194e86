import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const PACKAGE = /^\/.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;
const TEXT = /^(licen[cs]e|copying|notice|thirdpartynotices)/i;

/** Writes down the licences of all packages in the pages, and in the workers that go with them. */
export function licenses(): { pages: Plugin; workers: Plugin } {
  const texts = new Map<string, string>();
  const collect: Plugin['generateBundle'] = (_options, bundle) => {
    for (const file of Object.values(bundle)) {
      for (const id of file.type === 'chunk' ? file.moduleIds : []) {
        const [folder] = PACKAGE.exec(id) ?? [];
        if (folder !== undefined) texts.set(...licenseOf(folder));
      }
    }
  };
  const workers: Plugin = { name: 'licenses-of-workers', generateBundle: collect };
  const pages: Plugin = {
    name: 'licenses',
    generateBundle(...args) {
      collect.apply(this, args);
      const source = [...texts.keys()].sort().map((title) => `${title}\n\n${texts.get(title)}`);
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: source.join('\n\n\n') });
    },
  };
  return { pages, workers };
}

function licenseOf(folder: string): [string, string] {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder).filter((file) => TEXT.test(file));
  const texts = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  return [`${name} ${version} (${license})`, texts.join('\n\n')];
}
