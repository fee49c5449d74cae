import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Relative: PUBLIC_URL may carry a path prefix that is not known here.
  base: './',
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
