import { here } from '../api/here';

/** Why a file was not taken, in words. */
export class NotTaken extends Error {}

const LOST = 'The server could not be reached. The file is still here: try again.';

/** Puts a file's bytes where the server said, and tells how much is there (0 to 1). */
export function putFile(uploadUrl: string, file: File, tell: (share: number) => void) {
  return new Promise<void>((resolve, reject) => {
    // Unlike fetch, this tells how far it has come.
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => tell(event.loaded / Math.max(1, event.total));
    request.onerror = () => reject(new NotTaken(LOST));
    request.onload = () => {
      const refusal = refusalOf(request);
      if (refusal === null) resolve();
      else reject(new NotTaken(refusal));
    };
    request.open('PUT', here(uploadUrl));
    request.setRequestHeader('content-type', mimeTypeOf(file));
    request.send(file);
  });
}

export const mimeTypeOf = (file: File): string => file.type || 'application/octet-stream';

/** The server's words. That all of it has come before is what was wanted. */
function refusalOf({ status, responseText }: XMLHttpRequest): string | null {
  if (status === 201 || status === 409) return null;
  try {
    return JSON.parse(responseText).errors[0].message;
  } catch {
    return `The server answered ${status}. Try again later.`;
  }
}
