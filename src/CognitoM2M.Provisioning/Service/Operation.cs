using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service;

/// <summary>One operation of the user pools API. Pacing, retries, permissions and the AWS client read here what they must know about the operation.</summary>
internal abstract class Operation(string name)
{
    /// <summary>The name in the API and in IAM, such as <c>CreateUserPool</c>.</summary>
    public string Name { get; } = name;

    /// <summary>How many requests a second Cognito accepts.</summary>
    public RequestQuota Quota { get; } = RequestQuota.Find(name) ?? throw new ArgumentException($"{nameof(RequestQuota)} has no rate for {name}.", nameof(name));

    /// <summary>Whether the operation changes something.</summary>
    public bool IsChange { get; init; }

    /// <summary>
    /// Whether a repeated request can make a second thing. Names are not unique in Cognito and requests carry no idempotency token,
    /// so such a request is repeated only if Cognito has refused it.
    /// </summary>
    public bool RepeatMakesDuplicate { get; init; }

    /// <summary>The kind of resource that an IAM policy can allow the operation on.</summary>
    public IamResource IamResource { get; init; } = IamResource.UserPool;

    /// <summary>The condition in a statement that allows the operation, as JSON text; null if the statement needs none.</summary>
    public string? IamCondition { get; init; }

    /// <summary>The action in IAM policies.</summary>
    public string IamAction => $"cognito-idp:{Name}";

    /// <summary>Which quota is used up when Cognito answers <c>LimitExceededException</c>, as a sentence.</summary>
    public string LimitReached { get; init; } = "A quota is used up.";

    public override string ToString() => Name;
}

/// <summary>An operation with its input and output, named and shaped as in the API.</summary>
/// <param name="name">The name in the API.</param>
/// <param name="input">Writes the input.</param>
/// <param name="output">Reads the output; null if the operation has none.</param>
internal sealed class Operation<TIn, TOut>(string name, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut>? output) : Operation(name)
    where TOut : class
{
    /// <summary>Finds the part of the output that the callers need; null if the callers need no part of it.</summary>
    public Func<TOut, object?>? Result { get; init; }

    /// <summary>The body of the request. Members that are null are left out.</summary>
    public byte[] WriteInput(TIn request) => JsonSerializer.SerializeToUtf8Bytes(request, input);

    /// <summary>Reads the body of an answer.</summary>
    /// <exception cref="JsonException">The body is not the output of this operation.</exception>
    public TOut ReadOutput(Stream body)
    {
        // Operations without output answer with an empty body or with an empty object, so their body is not read.
        if (output is null)
            return (TOut)(object)NoOutput.Instance;

        return JsonSerializer.Deserialize(body, output) ?? throw new JsonException("The answer is null.");
    }

    /// <summary>Whether the output has what callers need.</summary>
    public bool IsComplete(TOut answer) => Result is null || Result(answer) is not null;
}

/// <summary>The kind of resource that an IAM policy can allow an operation on.</summary>
internal enum IamResource
{
    /// <summary>One user pool, or all of them.</summary>
    UserPool,

    /// <summary>The account as a whole (resource <c>*</c>).</summary>
    Account,

    /// <summary>Nothing: IAM does not govern the operation, and requests are not signed.</summary>
    None,
}

/// <summary>Stands for the output of an operation that returns no output.</summary>
internal sealed class NoOutput
{
    public static readonly NoOutput Instance = new();

    private NoOutput()
    {
    }
}

/// <summary>An input that names a user pool.</summary>
internal interface IUserPoolRequest
{
    string UserPoolId { get; }
}

/// <summary>An input that holds a client secret, which Cognito might quote when it refuses the request.</summary>
internal interface ISecretRequest
{
    /// <summary>The secret; null if this request holds none.</summary>
    string? Secret { get; }
}
