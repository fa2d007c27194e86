import { written } from '../format/money';
import type { LineItemInput, LineItemType, LineRowFragment } from '../gql/graphql';
import type { UserError } from '../parts/useSubmit';
import { unreadableAmount } from '../payments/unreadable';

/** A line as it is typed. */
export type LineDraft = {
  type: LineItemType;
  description: string;
  quantity: string;
  rate: string;
  taxRate: string;
};

/** A line to begin with; most lines of an invoice are taxed alike. */
export const emptyLine = (taxRate: number | string = 0): LineDraft => ({
  type: 'freight',
  description: '',
  quantity: '1',
  rate: '',
  taxRate: String(taxRate),
});

export const draftOf = (line: LineRowFragment): LineDraft => ({
  type: line.type,
  description: line.description,
  quantity: String(line.quantity),
  rate: String(line.rate),
  taxRate: String(line.taxRate),
});

export const lineInput = (draft: LineDraft): LineItemInput => ({
  ...draft,
  quantity: written(draft.quantity),
  rate: written(draft.rate),
  taxRate: written(draft.taxRate),
});

/** What the API could not even read of it, where its fields stand below `path`. */
export const unreadableLine = (path: string, draft: LineDraft): UserError[] => [
  ...unreadableAmount(`${path}quantity`, draft.quantity),
  ...unreadableAmount(`${path}rate`, draft.rate),
  ...unreadableAmount(`${path}taxRate`, draft.taxRate),
];
