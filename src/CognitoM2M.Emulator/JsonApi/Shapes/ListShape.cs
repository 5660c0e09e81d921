using System.Globalization;
using System.Text.Json;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>A list with a smallest and a largest number of items.</summary>
internal sealed class ListShape(Shape item, int min, int max) : Shape
{
    public Shape Item => item;

    public override void Check(string path, JsonElement value, InputViolations violations)
    {
        Require(path, value, JsonValueKind.Array);
        var items = value.EnumerateArray().ToList();
        var shown = item is ScalarShape { IsSecret: false } ? $"Value '[{string.Join(", ", items)}]'" : "Value";
        if (items.Count > max)
            violations.Add(path, shown, [$"Member must have length less than or equal to {max}"]);
        if (items.Count < min)
            violations.Add(path, shown, [$"Member must have length greater than or equal to {min}"]);

        if (item is ScalarShape scalar)
            CheckScalars(scalar, path, shown, items, violations);
        else
            CheckStructures(path, items, violations);
    }

    // As in AWS, a constraint that several items violate is reported once for the whole list.
    private static void CheckScalars(
        ScalarShape scalar, string path, string shown, List<JsonElement> items, InputViolations violations)
    {
        var distinct = items.SelectMany(value => scalar.FindViolations(path, value)).Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count > 0)
            violations.Add(path, shown, [$"Member must satisfy constraint: [{string.Join(", ", distinct)}]"]);
    }

    private void CheckStructures(string path, List<JsonElement> items, InputViolations violations)
    {
        for (var i = 0; i < items.Count; i++)
            item.Check(string.Create(CultureInfo.InvariantCulture, $"{path}.{i + 1}.member"), items[i], violations);
    }
}
