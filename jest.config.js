// ESM-only packages (jose, oidc-provider and what they bring) must go through SWC too: Jest loads CommonJS.
const common = {
  testEnvironment: 'node',
  rootDir: __dirname,
  transform: { '^.+\\.(t|m?j)sx?$': ['@swc/jest', require('./scripts/swc-for-jest.js')] },
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|oidc-provider|koa|eta|quick-lru|nanoid|oidc-token-hash|ky|openid-client|oauth4webapi)/)',
    '<rootDir>/dist/',
  ],
  // The doors to the sandbox are dynamic imports, which TypeScript wants written with the extension.
  moduleNameMapper: { '^(\\.{1,2}/(?:\\.\\./)?sandbox(?:-mode|-story|/[a-z-]+))\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data'],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{src,sandbox,console/src}/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
  testTimeout: 180_000,
  maxWorkers: 2,
};
