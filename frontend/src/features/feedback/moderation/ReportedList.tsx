import { Card, Group, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconFlag, IconShieldCheck } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listNeedsOptions } from '@/api/gen/@tanstack/react-query.gen'
import { EmptyState } from '@/components/EmptyState'
import { useFormat } from '@/i18n/format'

/** What was reported and nobody has decided about, for whoever moderates. */
export function ReportedList() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useSuspenseQuery(listNeedsOptions())
  const reported = data.items.filter(({ kind }) => kind === 'feedback_reported')
  if (reported.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconShieldCheck} title={t('moderation.noneTitle')}>
          {t('moderation.noneText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card>
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {reported.map(({ id, title, count, since }) => (
          <Group key={id} component="li" gap="sm" wrap="nowrap">
            <ThemeIcon variant="light" color="coral" size={38} aria-hidden>
              <IconFlag size={20} stroke={1.7} />
            </ThemeIcon>
            <div>
              <Text size="sm" fw={570}>
                <Link to="/feedback/$feedbackId" params={{ feedbackId: id }} className="row-link">
                  {t('needs.titles.feedback_reported', { name: title })}
                </Link>
              </Text>
              <Text size="xs" c="dimmed">
                {t('needs.reports', { count: count ?? 1 })}
                {since && ` · ${format.ago(since)}`}
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
