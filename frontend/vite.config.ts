import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const api = process.env.PERFAPI_URL ?? 'http://127.0.0.1:8000'
const proxy = { '/v1': api, '/openapi.json': api, '/docs': api }

/** Without these, one visit would fetch more than a hundred files of a few hundred bytes each. */
const chunks = [
  {
    name: 'vendor',
    test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(?!react-virtual|virtual-core)[^/]+|i18next|react-i18next|clsx)\//,
  },
  // What many pages share comes with the first of them: the entry holds only what it needs itself.
  { name: 'base', tags: ['$initial' as const], test: /node_modules|\/src\/(?!main)/ },
  { name: 'shared', minShareCount: 19 },
]

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: './src/routes',
      generatedRouteTree: './src/routeTree.gen.ts',
      quoteStyle: 'single',
    }),
    react(),
  ],
  resolve: { tsconfigPaths: true },
  build: {
    target: 'es2023',
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', port: 4173, proxy },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    // One jsdom per worker instead of one per file: it is most of what a run costs.
    isolate: false,
    restoreMocks: true,
    testTimeout: 20_000,
  },
})
