/** An idempotency key, made when a form opens: however often it is sent, it is done once. */
export function newKey(): string {
  // Unlike randomUUID, this is there without HTTPS as well.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
