import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Everything is a file of our own: no inline script or style, no data: address, no polyfill that would need one,
 * so that the page works under `default-src 'none'; script-src 'self'; style-src 'self'`.
 */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 1_200,
  },
})
