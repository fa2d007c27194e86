import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

// Types for every operation that stands in the sources, and the manifest by which the server knows
// their texts: an operation is sent as the SHA-256 of its text.
const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256' },
      },
      // The cache tells objects apart by it.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        strictScalars: true,
        useTypeImports: true,
        enumsAsTypes: true,
        // Output: amounts of at most 14 digits, which a number holds exactly. Input: as typed.
        scalars: {
          CurrencyCode: 'string',
          Date: 'string',
          DateTime: 'string',
          Decimal: { input: 'string', output: 'number' },
          ID: 'string',
          URL: 'string',
        },
      },
    },
  },
};

export default config;
