import { Chip, Group, Input } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { valuesOptions } from '../queries'

interface ValuesInputProps {
  value: string[]
  onChange: (ids: string[]) => void
}

/** Which company values it speaks of; one that is no longer offered may stay where it is. */
export function ValuesInput({ value, onChange }: ValuesInputProps) {
  const { t } = useTranslation()
  const { data: values = [] } = useQuery(valuesOptions())
  const shown = values.filter(({ id, archived_at }) => !archived_at || value.includes(id))
  if (shown.length === 0) return null
  return (
    <Input.Wrapper label={t('feedback.values')} labelElement="div">
      <Chip.Group multiple value={value} onChange={onChange}>
        <Group gap={8} mt={4} role="group" aria-label={t('feedback.values')}>
          {shown.map(({ id, name, description }) => (
            <Chip
              key={id}
              value={id}
              size="sm"
              variant="outline"
              title={description || undefined}
              disabled={value.length >= 5 && !value.includes(id)}
            >
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  )
}
