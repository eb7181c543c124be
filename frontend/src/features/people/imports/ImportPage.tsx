import { Alert, Button, Card, Group, Progress, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconUsers } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { getImportQueryKey, listNeedsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { applyImport, discardImport, reviewImport } from '@/api/gen/sdk.gen'
import type { Import, ImportRowDocument } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { FormProblem } from '@/components/FormProblem'
import { PageHeader } from '@/components/PageHeader'
import { StatusBadge } from '@/components/StatusBadge'
import { toastDone } from '@/components/toasts'
import { useFormat } from '@/i18n/format'
import { ImportRows } from './ImportRows'
import { ImportSteps } from './ImportSteps'
import { ImportSummary } from './ImportSummary'
import { ImportWarnings } from './ImportWarnings'
import { importOptions, isWorking } from './queries'

interface ImportPageProps {
  importId: string
  outcome: ImportRowDocument['outcome'] | undefined
  onOutcome: (outcome: ImportRowDocument['outcome'] | undefined) => void
}

function Working({ plan }: { plan: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { done, total } = plan.progress
  const percent = total > 0 ? (done / total) * 100 : 100
  const label = t(`imports.working.${plan.status === 'planning' ? 'planning' : 'applying'}`)
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Text fw={600} role="status">
          {label}
        </Text>
        {total > 0 && (
          <Text c="dimmed" className="tabular">
            {format.number(done)} / {format.number(total)}
          </Text>
        )}
      </Group>
      <Progress value={percent} size="lg" animated aria-label={label} />
    </Card>
  )
}

function Outcome({ plan }: { plan: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (plan.status === 'failed') {
    return (
      <Alert color="coral" icon={<IconAlertTriangle size={18} />} title={t('imports.failed')}>
        {plan.failure ?? t('imports.failedText')}
      </Alert>
    )
  }
  if (plan.status !== 'applied' || !plan.applied_at) return null
  return (
    <Alert color="leaf" icon={<IconCircleCheck size={18} />} title={t('imports.applied')}>
      <Text size="sm" mb="sm">
        {t('imports.appliedText', { at: format.instant(plan.applied_at) })}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          leftSection={<IconUsers size={15} />}
          renderRoot={(props) => <Link to="/people" {...props} />}
        >
          {t('imports.toPeople')}
        </Button>
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => <Link to="/org-chart" {...props} />}
        >
          {t('imports.toOrgChart')}
        </Button>
      </Group>
    </Alert>
  )
}

function stepOf(plan: Import): 'check' | 'done' | 'finished' {
  if (plan.status === 'applied') return 'finished'
  return plan.status === 'applying' ? 'done' : 'check'
}

/** A plan to look at before anything changes, and afterwards the record of what did. */
export function ImportPage({ importId, outcome, onOutcome }: ImportPageProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { data: plan } = useSuspenseQuery(importOptions(importId))
  const path = { import_id: importId }
  const apply = useMutation({
    mutationFn: async () => (await applyImport({ path })).data,
    meta: { handled: true },
    onSuccess: (applied) => queryClient.setQueryData(getImportQueryKey({ path }), applied),
  })
  const discard = useMutation({
    mutationFn: () => discardImport({ path, headers: ifMatch(tagOf(plan)) }),
    onSuccess: async () => {
      toastDone(t('imports.discarded'))
      await navigate({ to: '/admin/imports' })
      queryClient.invalidateQueries()
    },
  })
  const review = useMutation({
    mutationFn: async () => (await reviewImport({ path })).data,
    onSuccess: (reviewed) => {
      queryClient.setQueryData(getImportQueryKey({ path }), reviewed)
      queryClient.invalidateQueries({ queryKey: listNeedsQueryKey() })
      toastDone(t('imports.reviewed'))
    },
  })
  const before = useRef(plan.status)
  useEffect(() => {
    if (before.current !== plan.status && plan.status === 'applied') {
      toastDone(t('imports.applied'))
      queryClient.invalidateQueries()
    }
    before.current = plan.status
  }, [plan.status, queryClient, t])
  const changes = plan.summary
    ? plan.summary.create + plan.summary.update + plan.summary.deactivate
    : 0
  return (
    <>
      <PageHeader
        title={plan.file_name}
        subtitle={t(`imports.modes.${plan.mode}`)}
        status={<StatusBadge status={plan.status} />}
        actions={
          <>
            {may(plan, 'discard') && (
              <ConfirmButton
                question={t('imports.discardQuestion')}
                confirmLabel={t('imports.discard')}
                onConfirm={() => discard.mutate()}
                loading={discard.isPending}
              >
                {t('imports.discard')}
              </ConfirmButton>
            )}
            {may(plan, 'apply') && (
              <Button loading={apply.isPending} onClick={() => apply.mutate()}>
                {t('imports.apply', { count: changes })}
              </Button>
            )}
          </>
        }
      />
      <ImportSteps at={stepOf(plan)} />
      <Stack gap="lg">
        {apply.error && (
          <FormProblem
            problem={apply.error}
            messages={[
              ...(apply.error.detail ? [apply.error.detail] : []),
              ...apply.error.errors.map(({ detail }) => detail),
            ]}
          />
        )}
        {isWorking(plan.status) && <Working plan={plan} />}
        <Outcome plan={plan} />
        {plan.summary && (
          <>
            <ImportSummary summary={plan.summary} outcome={outcome} onOutcome={onOutcome} />
            <ImportWarnings
              warnings={plan.warnings}
              onReviewed={may(plan, 'review') ? () => review.mutate() : undefined}
            />
            <ImportRows importId={importId} outcome={outcome} />
          </>
        )}
      </Stack>
    </>
  )
}
