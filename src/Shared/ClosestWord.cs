namespace CognitoM2M.Shared;

/// <summary>Finds the word that the user has probably meant.</summary>
internal static class ClosestWord
{
    private const int FewestLettersOfBeginning = 3;

    // Nobody mistypes a longer word, and the comparison takes memory for each pair of letters.
    private const int MostLetters = 100;

    /// <summary>A question that names the closest word, with a blank in front; empty if no word is close.</summary>
    public static string Ask(string word, IEnumerable<string> known) => Find(word, known) is { } meant ? $" Did you mean '{meant}'?" : "";

    /// <summary>The known word that takes the fewest corrections of typing; else one that begins like the word; null if no word is close.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        if (word.Length > MostLetters)
            return null;

        var letters = word.TrimStart('-');
        // More corrections would turn every short word into another one.
        var most = letters.Length switch { <= 2 => 0, <= 4 => 1, _ => 2 };
        return known
            .Select(candidate => (Word: candidate, Corrections: CountCorrections(word, candidate)))
            .Where(candidate => candidate.Corrections <= most || IsBeginning(letters, candidate.Word))
            .OrderBy(candidate => candidate.Corrections)
            .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    private static bool IsBeginning(string letters, string candidate) =>
        letters.Length >= FewestLettersOfBeginning && candidate.TrimStart('-').StartsWith(letters, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many letters must be added, removed, replaced or swapped with their neighbour. Upper and lower case count as equal.</summary>
    private static int CountCorrections(string from, string to)
    {
        var counts = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
                counts[i, j] = i == 0 || j == 0 ? i + j : Count(i, j);
        }

        return counts[from.Length, to.Length];

        int Count(int i, int j)
        {
            var replaced = counts[i - 1, j - 1] + (IsSame(i - 1, j - 1) ? 0 : 1);
            var fewest = Math.Min(replaced, 1 + Math.Min(counts[i - 1, j], counts[i, j - 1]));
            return i > 1 && j > 1 && IsSame(i - 1, j - 2) && IsSame(i - 2, j - 1) ? Math.Min(fewest, counts[i - 2, j - 2] + 1) : fewest;
        }

        bool IsSame(int i, int j) => char.ToLowerInvariant(from[i]) == char.ToLowerInvariant(to[j]);
    }
}
