import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '@/i18n/format'
import { parseDecimal, typedDecimal } from '@/lib/decimal'

interface DecimalInputProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange'> {
  /** The API's decimal, or what could not be read as one. */
  value?: string
  onChange?: (decimal: string) => void
}

/** A decimal as people of this language write it; outwards it is the API's string. */
export function DecimalInput({ value = '', onChange, ...props }: DecimalInputProps) {
  const { decimalSeparator } = useFormat()
  const [typed, setTyped] = useState<string | null>(null)
  const isStale = typed !== null && (parseDecimal(typed) ?? typed) !== value
  const shown = typed === null || isStale ? typedDecimal(value, decimalSeparator) : typed
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      {...props}
      value={shown}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        onChange?.(parseDecimal(text) ?? text)
      }}
    />
  )
}
