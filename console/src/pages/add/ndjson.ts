/** Hands out the whole lines of a text that grows, each once. */
export function createLineReader(onLine: (line: string) => void): (text: string) => void {
  let read = 0;
  return (text) => {
    for (let end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
      if (end > read) onLine(text.slice(read, end));
      read = end + 1;
    }
  };
}
