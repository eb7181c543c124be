import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, Suspense } from 'react'
import { createQueryClient } from '@/api/queryClient'
import { theme } from '@/theme/theme'

/** A part of the page with everything that stands around it, on a route that leads anywhere. */
export function renderPart(part: ReactNode) {
  const queryClient = createQueryClient(() => undefined)
  const root = createRootRouteWithContext<object>()({ component: Outlet })
  const here = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <Suspense fallback={null}>{part}</Suspense>,
  })
  const elsewhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null })
  const router = createRouter({
    routeTree: root.addChildren([here, elsewhere]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
    context: {},
  })
  const user = userEvent.setup({ delay: null })
  render(
    <MantineProvider theme={theme} env="test">
      <Notifications />
      <QueryClientProvider client={queryClient}>
        {/* biome-ignore lint/suspicious/noExplicitAny: the application's router is another one */}
        <RouterProvider router={router as any} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { user, queryClient, router }
}
