import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme/app.css'
import './theme/print.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError, installProblems } from './api/problem'
import { createQueryClient } from './api/queryClient'
import { onSessionEnd, watchOtherTabs } from './api/session'
import { NotFound, RouteError } from './components/ErrorPanel'
import { problemText } from './components/problemText'
import { PageSkeleton } from './components/Skeletons'
import { toastProblem } from './components/toasts'
import { startI18n } from './i18n/i18n'
import { routeTree } from './routeTree.gen'
import { printInLight } from './theme/paper'
import { cssVariables, theme } from './theme/theme'

installProblems()
watchOtherTabs()
printInLight()

const queryClient = createQueryClient((problem) => toastProblem(problemText(problem)))

const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

onSessionEnd(async () => {
  const { pathname, href } = router.state.location
  if (pathname !== '/sign-in') {
    await router.navigate({ to: '/sign-in', search: { back: href }, ignoreBlocker: true })
  }
  queryClient.clear()
})

// A new page starts at its heading, for those who hear it and for those who use the keyboard.
router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
  if (fromLocation && pathChanged) {
    document.getElementById('page-title')?.focus({ preventScroll: true })
  }
})

await startI18n()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has lost its #root')
createRoot(root, {
  // What the API refuses has a panel on the page; only faults of the page itself are reported.
  onCaughtError: (error) => {
    if (!(error instanceof ApiError)) reportError(error)
  },
}).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
