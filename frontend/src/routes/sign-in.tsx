import { createFileRoute, redirect, useRouter } from '@tanstack/react-router'
import { hasSession } from '@/api/session'
import { SignInPage } from '@/features/auth/SignInPage'
import { localPath } from '@/lib/search'

export const Route = createFileRoute('/sign-in')({
  validateSearch: (raw): { back?: string } => ({ back: localPath(raw, 'back') }),
  beforeLoad: async ({ search }) => {
    if (await hasSession()) throw redirect({ to: search.back ?? '/' })
  },
  component: SignIn,
})

function SignIn() {
  const { back } = Route.useSearch()
  const router = useRouter()
  return <SignInPage onSignedIn={() => router.history.push(back ?? '/')} />
}
