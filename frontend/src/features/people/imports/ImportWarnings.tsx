import { Accordion, Badge, Button, Card, Group, Text, Title } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/api/gen/types.gen'
import { useFormat } from '@/i18n/format'

interface ImportWarningsProps {
  warnings: Import['warnings']
  /** Says that somebody has looked at them, where that is open to you. */
  onReviewed?: () => void
}

/** What a person should know before saying yes: the same remark about many rows, once. */
export function ImportWarnings({ warnings, onReviewed }: ImportWarningsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (warnings.length === 0) return null
  return (
    <Card component="section" aria-label={t('imports.warnings')}>
      <Group justify="space-between" mb="xs">
        <Group gap="sm">
          <Title order={2}>{t('imports.warnings')}</Title>
          <Badge color="amber">{warnings.length}</Badge>
        </Group>
        {onReviewed && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconChecks size={16} />}
            onClick={onReviewed}
          >
            {t('imports.markReviewed')}
          </Button>
        )}
      </Group>
      <Accordion multiple variant="default" chevronPosition="left">
        {warnings.map((warning) => (
          <Accordion.Item key={warning.code} value={warning.code}>
            <Accordion.Control>
              <Group justify="space-between" wrap="nowrap">
                <Text size="sm" fw={540}>
                  {warning.detail}
                </Text>
                <Badge color="gray" className="tabular">
                  {format.number(warning.count)}
                </Badge>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              {warning.examples.length > 0 && (
                <Text size="sm" mb={6}>
                  {warning.examples.join(' · ')}
                </Text>
              )}
              {warning.rows.length > 0 && (
                <Text size="sm" c="dimmed">
                  {t('imports.inRows', { rows: warning.rows.join(', ') })}
                  {warning.rows.length < warning.count && ' …'}
                </Text>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Card>
  )
}
