using System.Text.Json;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>The values that an operation accepts for one member of its input. Checked before the operation runs.</summary>
internal abstract class Shape
{
    public static Shape Flag { get; } = new FlagShape();

    public static Shape AnyText { get; } = new TextValueShape(TextShape.Any, isSecret: false);

    /// <summary>Any JSON value.</summary>
    public static Shape Anything { get; } = new AnyShape();

    /// <summary>Any JSON object.</summary>
    public static Shape AnyObject { get; } = new AnyObjectShape();

    public static Shape Text(TextShape shape) => new TextValueShape(shape, isSecret: false);

    /// <summary>As <see cref="Text"/>, but error messages do not show the value.</summary>
    public static Shape Secret(TextShape shape) => new TextValueShape(shape, isSecret: true);

    public static Shape OneOf(params string[] values) => new EnumShape(values);

    public static Shape Number(long min, long max) => new NumberShape(min, max);

    public static Shape ListOf(Shape item, int max = int.MaxValue, int min = 0) => new ListShape(item, min, max);

    public static Shape MapOf(TextShape key, TextShape value) => new MapShape(key, value, isSecret: false);

    /// <summary>As <see cref="MapOf"/>, but error messages do not show the values.</summary>
    public static Shape SecretMapOf(TextShape key, TextShape value) => new MapShape(key, value, isSecret: true);

    /// <summary>Adds the constraints that the value does not satisfy to the violations.</summary>
    /// <exception cref="RefusedException">The value has another JSON type.</exception>
    public abstract void Check(string path, JsonElement value, InputViolations violations);

    protected static void Require(string path, JsonElement value, JsonValueKind kind)
    {
        if (value.ValueKind != kind)
            throw WrongType(path, value.ValueKind, kind.ToString());
    }

    protected static RefusedException WrongType(string path, JsonValueKind actual, string expected) =>
        RefusedException.Serialization($"{path}: {actual} can not be converted to {expected}.");

    private sealed class AnyObjectShape : Shape
    {
        public override void Check(string path, JsonElement value, InputViolations violations) => Require(path, value, JsonValueKind.Object);
    }

    private sealed class AnyShape : Shape
    {
        public override void Check(string path, JsonElement value, InputViolations violations)
        {
        }
    }
}
