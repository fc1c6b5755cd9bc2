/** A file that the page hands to the person. */
export interface FileToSave {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/**
 * Saves a file through a link in the page: it goes from the page's own memory to the disk, without
 * a request and without a right of the extension.
 */
export function saveFile({ name, mediaType, text }: FileToSave): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken the blob by the next task; before, the address must not be gone.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
