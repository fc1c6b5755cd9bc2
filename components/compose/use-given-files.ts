import { useLayoutEffect, useState } from 'preact/hooks';

/** Takes files. `target` is what they were dropped on, or pasted into. */
export type TakesFiles = (files: readonly File[], target: EventTarget | null) => void;

/**
 * Files that are dropped anywhere on the page, or pasted. True while files are held over it. A paste
 * that has a text as well is left to the field: office programs put a picture of it beside each text.
 */
export function useGivenFiles(onFiles: TakesFiles): boolean {
  const [over, setOver] = useState(false);
  useLayoutEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      // Otherwise the browser would open the file in the place of the page.
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      // Between two elements of the page there is a next one.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onFiles([...(event.dataTransfer?.files ?? [])], event.target);
    };
    const onPaste = (event: ClipboardEvent): void => {
      const { files = [], types = [] } = event.clipboardData ?? {};
      if (files.length === 0 || types.includes('text/plain')) return;
      event.preventDefault();
      onFiles([...files], event.target);
    };
    document.addEventListener('dragenter', onDrag);
    document.addEventListener('dragover', onDrag);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('dragenter', onDrag);
      document.removeEventListener('dragover', onDrag);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, [onFiles]);
  return over;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}
