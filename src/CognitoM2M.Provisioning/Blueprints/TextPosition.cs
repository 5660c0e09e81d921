using System.Text;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Finds lines and columns in a text of UTF-8. The places must be asked for in their order, so that each byte is looked at once.</summary>
internal sealed class TextPosition(ReadOnlyMemory<byte> text)
{
    private int _offset;
    private long _line = 1;
    private long _column = 1;

    /// <summary>The column of a byte that is known by its line, from 1, and by the number of bytes before it in the line.</summary>
    public static long? FindColumn(ReadOnlySpan<byte> text, long? line, long? bytesBefore)
    {
        if (line is null || bytesBefore is null)
            return null;

        for (var passed = 1L; passed < line && text.IndexOf((byte)'\n') is >= 0 and var lineBreak; passed++)
            text = text[(lineBreak + 1)..];
        return Encoding.UTF8.GetCharCount(text[..(int)Math.Min(bytesBefore.Value, text.Length)]) + 1;
    }

    /// <summary>The line and the column of a byte, both from 1. A column counts characters as editors do.</summary>
    public (long Line, long Column) MoveTo(int offset)
    {
        var passed = text.Span[_offset..offset];
        if (passed.LastIndexOf((byte)'\n') is >= 0 and var lineBreak)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
            passed = passed[(lineBreak + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _offset = offset;
        return (_line, _column);
    }
}
