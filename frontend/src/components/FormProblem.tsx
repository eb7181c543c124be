import { Alert, Button, Group, List, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowsDiff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '@/api/problem'
import { useProblemText } from './problemText'

/** What was refused and belongs to no single field, above the form. */
export function FormProblem({ problem, messages }: { problem: ApiError; messages: string[] }) {
  const problemText = useProblemText()
  return (
    <Alert color="coral" icon={<IconAlertTriangle size={18} />} title={problemText(problem)}>
      {messages.length > 0 && (
        <List size="sm">
          {messages.map((message) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}

interface ConflictProps {
  onReload: () => void
  onKeepMine: () => void
}

/** Somebody saved while this form was open. */
export function Conflict({ onReload, onKeepMine }: ConflictProps) {
  const { t } = useTranslation()
  return (
    <Alert color="amber" icon={<IconArrowsDiff size={18} />} title={t('conflict.title')}>
      <Text size="sm" mb="sm">
        {t('conflict.text')}
      </Text>
      <Group gap="xs">
        <Button size="xs" onClick={onReload}>
          {t('conflict.reload')}
        </Button>
        <Button size="xs" variant="default" onClick={onKeepMine}>
          {t('conflict.keepMine')}
        </Button>
      </Group>
    </Alert>
  )
}
