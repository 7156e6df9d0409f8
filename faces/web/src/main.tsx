import './data/no-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from './app/router.tsx'
import { client } from './data/queries.ts'
import { keepSettings } from './data/settings.ts'
import { HintProvider } from './ui/hint.tsx'

keepSettings()

const place = document.getElementById('desk')
if (place === null) throw new Error('The page has no place for the desk')

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <HintProvider>
        <RouterProvider router={router} />
      </HintProvider>
    </QueryClientProvider>
  </StrictMode>,
)
