/** Small files that really are what their media type says, for binary answers without an example. */

/** One transparent pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** One transparent pixel. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** A ZIP archive with nothing in it: only the end-of-directory record. */
const ZIP = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

/** Nothing, compressed. */
const GZIP = 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

/** What stands for bytes of which nothing is known. */
const ANY = 'sample';

/**
 * The bytes of a sample file.
 *
 * @param mediaType - type and subtype in lower case, without parameters
 */
export function binarySample(mediaType: string): Uint8Array {
  switch (mediaType) {
    case 'image/png':
      return fromBase64(PNG);
    case 'image/gif':
      return fromBase64(GIF);
    case 'image/svg+xml':
      return new TextEncoder().encode(SVG);
    case 'application/zip':
    case 'application/x-zip-compressed':
      return fromBase64(ZIP);
    case 'application/gzip':
    case 'application/x-gzip':
      return fromBase64(GZIP);
    case 'application/pdf':
      return new TextEncoder().encode(pdf());
    default:
      return new TextEncoder().encode(ANY);
  }
}

/** One empty page. The cross-reference table holds byte offsets, so they are counted rather than written down. */
function pdf(): string {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return at;
  });
  const table = offsets.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return `${text}xref\n0 4\n0000000000 65535 f \n${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}
