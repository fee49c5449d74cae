// Preloaded into the program to prove that no sandbox code is loaded with real credentials.
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (...args) {
  const file = resolve.apply(this, args);
  if (/[/\\]dist[/\\]sandbox[/\\]/.test(file)) throw new Error(`sandbox code was loaded: ${file}`);
  return file;
};
