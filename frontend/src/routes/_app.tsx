import { createFileRoute, redirect } from '@tanstack/react-router'
import { meOptions } from '@/api/me'
import { hasSession } from '@/api/session'
import { Shell } from '@/components/Shell'
import { ShellSkeleton } from '@/components/Skeletons'

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ location }) => {
    if (!(await hasSession())) {
      throw redirect({
        to: '/sign-in',
        search: { back: location.href === '/' ? undefined : location.href },
      })
    }
  },
  loader: ({ context }) => context.queryClient.ensureQueryData(meOptions()),
  component: Shell,
  pendingComponent: ShellSkeleton,
})
