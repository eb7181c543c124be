import { createFileRoute, useLocation, useNavigate } from '@tanstack/react-router'
import { ResetPasswordPage } from '@/features/auth/ResetPasswordPage'

/** The token stands behind the `#`, where neither servers nor their logs get to see it. */
export const Route = createFileRoute('/password-reset')({ component: ResetPassword })

function ResetPassword() {
  const { hash } = useLocation()
  const navigate = useNavigate()
  return (
    <ResetPasswordPage
      token={hash || undefined}
      onSet={() => navigate({ to: '/password-reset', hash: '', replace: true })}
    />
  )
}
