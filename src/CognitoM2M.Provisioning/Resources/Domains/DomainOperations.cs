using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>The operations on domains.</summary>
internal static class DomainOperations
{
    /// <summary>Gives a user pool a prefix domain or a custom domain.</summary>
    public static Operation<CreateUserPoolDomainRequest, CreateUserPoolDomainResponse> Create { get; } =
        new("CreateUserPoolDomain", DomainJson.Default.CreateUserPoolDomainRequest, DomainJson.Default.CreateUserPoolDomainResponse)
        {
            IsChange = true,
            LimitReached = "The account has as many custom domains in this region as it may have (4), or the user pool has a domain already.",
        };

    /// <summary>Reads a domain. If there is none, Cognito answers with an empty description or with ResourceNotFoundException.</summary>
    public static Operation<DescribeUserPoolDomainRequest, DescribeUserPoolDomainResponse> Describe { get; } =
        new("DescribeUserPoolDomain", DomainJson.Default.DescribeUserPoolDomainRequest, DomainJson.Default.DescribeUserPoolDomainResponse)
        {
            IamResource = IamResource.Account,
        };

    /// <summary>Replaces the certificate and the other settings of a domain.</summary>
    public static Operation<UpdateUserPoolDomainRequest, UpdateUserPoolDomainResponse> Update { get; } =
        new("UpdateUserPoolDomain", DomainJson.Default.UpdateUserPoolDomainRequest, DomainJson.Default.UpdateUserPoolDomainResponse) { IsChange = true };

    /// <summary>Removes a domain from its user pool. The domain is gone some time after the answer.</summary>
    public static Operation<DeleteUserPoolDomainRequest, NoOutput> Delete { get; } =
        new("DeleteUserPoolDomain", DomainJson.Default.DeleteUserPoolDomainRequest, output: null) { IsChange = true };
}
