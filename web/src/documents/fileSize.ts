/** 25 MB: more is not taken. */
export const SIZE_BYTES_MAX = 26_214_400;

const megabytes = new Intl.NumberFormat(undefined, {
  style: 'unit',
  unit: 'megabyte',
  maximumFractionDigits: 1,
});
const kilobytes = new Intl.NumberFormat(undefined, {
  style: 'unit',
  unit: 'kilobyte',
  maximumFractionDigits: 0,
});

export function fileSize(bytes: number): string {
  if (bytes >= 1_048_576) return megabytes.format(bytes / 1_048_576);
  return kilobytes.format(Math.ceil(bytes / 1_024));
}
